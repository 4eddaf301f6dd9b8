"""Addresses of people and of getting in, beneath /entry/."""

from django.urls import path

from inspections.people import answering, getting_in, views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/<int:number>/", views.one, name="person"),
    path("audit/", views.audit, name="audit"),
    path("reports/", answering.reports, name="reports"),
    path("reports/<int:number>/", answering.one, name="report"),
    path("code/", getting_in.code, name="code"),
    path("second-factor/", getting_in.set_up, name="second_factor"),
    path("confirm/", getting_in.confirm, name="confirm"),
    path("stay/", getting_in.stay, name="stay"),
    path("welcome/<uidb64>/<token>/", getting_in.Welcome.as_view(), name="welcome"),
    path("forgotten/", getting_in.forgotten, name="forgotten"),
]
