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
    fields().forEach(function (field) { shown.set(field, [field.value, field.checked]); });
  }

  function restore() {
    shown.forEach(function (was, field) {
      if (field.type === "checkbox") field.checked = was[1];
      else field.value = was[0];
    });
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
/* A region that can be scrolled takes the focus from the first paint on; this takes it away where
   there is nothing to scroll. The content is watched too: it grows as its type arrives. */
(function () {
  "use strict";
  var watch = new ResizeObserver(function (seen) {
    seen.forEach(function (one) {
      var region = one.target.closest(".scroll");
      if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
      else region.removeAttribute("tabindex");
    });
  });
  function start() {
    document.querySelectorAll(".scroll, .scroll > *").forEach(function (part) { watch.observe(part); });
  }
  document.addEventListener("htmx:load", start);
  start();
})();
