"""Addresses of entering; for staff, never kept, on no public page."""

from django.urls import path

from inspections.entry import (
    commenting,
    correcting,
    framework_form,
    looking,
    many,
    plan,
    reorganising,
    views,
)
from inspections.people.urls import urlpatterns as people

app_name = "entry"
urlpatterns = [
    *people,
    path("", views.home, name="home"),
    path("look/", looking.look, name="look"),
    path("many/", many.many, name="many"),
    path("many/<int:number>/", many.batch, name="batch"),
    path("find/", correcting.find, name="find"),
    path("correct/<slug:slug>/<slug:reference>/", correcting.correct, name="correct"),
    path("correct-fact/<slug:kind>/<int:number>/", correcting.correct_fact, name="correct-fact"),
    path("comment/<slug:slug>/<slug:reference>/", commenting.comment, name="comment"),
    path("corrections/", correcting.corrections, name="corrections"),
    path("corrections/settle/", correcting.settle, name="settle"),
    path("framework/", framework_form.framework, name="framework"),
    path("reorganise/", reorganising.reorganise, name="reorganise"),
    path("reorganise/<slug:slug>/undo/", reorganising.undo_reorganisation, name="unreorganise"),
    path("plan/", plan.choose, name="plans"),
    path("plan/<slug:slug>/", plan.register, name="plan"),
    path("plan/<slug:slug>/public/", plan.switch, name="plan-public"),
    path("plan/<slug:slug>/<slug:reference>/<int:number>/", plan.action, name="plan-action"),
    path("<int:number>/", views.draft, name="draft"),
    path("<int:number>/check/", views.last_look, name="check"),
    path("<int:number>/done/", views.done, name="done"),
    path("<int:number>/undo/", views.take_back, name="undo"),
    path("<int:number>/document.pdf", views.document, name="document"),
]
