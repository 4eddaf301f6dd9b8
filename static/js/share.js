/* Copying, the system's share sheet, printing and meeting mode. Everything that they do
   can be done without them: the addresses stand in the page. */
(function () {
  "use strict";

  function each(selector, todo) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), todo);
  }

  function say(button, text) {
    var status = (button.closest(".panel") || document).querySelector("[data-copied]");
    if (status) status.textContent = text;
    var before = button.textContent;
    button.textContent = text;
    setTimeout(function () { button.textContent = before; }, 2000);
  }

  function copy(button) {
    var field = document.getElementById(button.dataset.copy);
    field.select();
    var done = navigator.clipboard && navigator.clipboard.writeText
      ? navigator.clipboard.writeText(field.value)
      : Promise.reject(new Error("no clipboard"));
    done.catch(function () {
      if (!document.execCommand("copy")) throw new Error("not copied");
    }).then(function () { say(button, "Copied"); }, function () { say(button, "Press Ctrl+C"); });
  }

  function start() {
    each("[data-copy][hidden]", function (button) { button.hidden = false; });
    each("[data-print][hidden]", function (button) { button.hidden = false; });
    if (navigator.share) each("[data-system-share][hidden]", function (b) { b.hidden = false; });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy],[data-print],[data-system-share]");
    if (!button) return;
    if (button.dataset.copy) copy(button);
    else if (button.dataset.systemShare) {
      navigator.share({ title: button.dataset.title, url: button.dataset.systemShare })
        .catch(function () { /* the reader closed the sheet */ });
    } else window.print();
  });
  document.addEventListener("focusin", function (event) {
    if (event.target.matches(".links input[readonly]")) event.target.select();
  });
  document.addEventListener("htmx:afterSwap", start);
  start();

  /* Meeting mode: one slide at a time, arrow keys step, Escape leaves. */
  var stage = document.querySelector("[data-present]");
  if (!stage) return;
  var slides = stage.querySelectorAll(".slide");
  var at = 0;
  function show(place) {
    at = Math.max(0, Math.min(slides.length - 1, place));
    Array.prototype.forEach.call(slides, function (slide, n) { slide.hidden = n !== at; });
    fit(slides[at]);
    if (slides.length > 1) {
      document.querySelector("[data-place]").textContent = at + 1 + " of " + slides.length;
    }
  }
  /* Words are as large as the slide holds, where it has the screen's height. */
  function fit(slide) {
    var size = getComputedStyle(slide).display === "flex" && !slide.querySelector("svg") ? 20 : 10;
    do slide.style.fontSize = size / 10 + "em";
    while (--size >= 10 && (slide.scrollHeight > slide.clientHeight || slide.scrollWidth > slide.clientWidth));
  }
  document.body.classList.add("stepping");
  addEventListener("resize", function () { show(at); });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var step = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
    if (step[event.key]) { event.preventDefault(); show(at + step[event.key]); }
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(slides.length - 1);
    else if (event.key === "Escape") window.location.href = stage.dataset.leave;
  });
  each("[data-step]", function (button) {
    button.hidden = slides.length < 2;
    button.addEventListener("click", function () { show(at + Number(button.dataset.step)); });
  });
  addEventListener("beforeprint", function () { slides[at].hidden = false; slides[at].style.fontSize = ""; });
  show(0);
})();
