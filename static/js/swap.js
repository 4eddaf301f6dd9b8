/* Says that a swap is under way or has failed. While one runs, the old results are dimmed and
   marked busy; where it fails, a sentence says what to do and the controls go back to what the
   results show. Without JavaScript the whole page is asked for, and none of this is needed. */
(function () {
  "use strict";
  var running = null;
  var shown = new Map();

  function fields() {
    return document.querySelectorAll("form[hx-get] input, form[hx-get] select");
  }

  function remember() {
    shown.clear();
    fields().forEach(function (field) { shown.set(field, field.value); });
  }

  function restore() {
    shown.forEach(function (value, field) { field.value = value; });
  }

  function clear() {
    document.querySelectorAll("[data-swap-failed]").forEach(function (said) { said.remove(); });
  }

  function fail(results) {
    clear();
    restore();
    var said = document.createElement("div");
    var again = document.createElement("a");
    said.className = "notice";
    said.dataset.swapFailed = "";
    said.setAttribute("role", "alert");
    again.href = window.location.href;
    again.textContent = "Reload the page";
    said.append("What you chose could not be loaded; the earlier choice is still shown. ", again, ".");
    results.before(said);
  }

  document.addEventListener("htmx:beforeRequest", function (event) {
    running = event.detail.xhr;
    event.detail.target.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.detail.xhr !== running) return; // a later request has taken its place
    running = null;
    event.detail.target.removeAttribute("aria-busy");
    if (event.detail.successful) { clear(); remember(); }
    else fail(event.detail.target);
  });
  remember();
})();
/* A region that can be scrolled takes the focus only where there is something to scroll. */
(function () {
  "use strict";
  var watch = new ResizeObserver(function (seen) {
    seen.forEach(function (one) {
      var region = one.target;
      if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
      else region.removeAttribute("tabindex");
    });
  });
  function start() {
    document.querySelectorAll(".scroll").forEach(function (region) { watch.observe(region); });
  }
  document.addEventListener("htmx:load", start);
  start();
})();
