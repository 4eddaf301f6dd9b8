/* Tells the page around an embedded chart how high the chart is, and nothing else. */
(function () {
  "use strict";
  if (window.parent === window) return;
  var last = 0;
  function tell() {
    var height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === last) return;
    last = height;
    window.parent.postMessage({ type: "inspections-height", height: height }, "*");
  }
  new ResizeObserver(tell).observe(document.body);
  tell();
})();
