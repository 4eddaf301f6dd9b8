/* Explore: swaps a chart's picture for plotly's interactive one, and back.
   <figure data-chart data-plotly-js="…" data-plotly-css="…" [data-figure="url"]
           [data-figure-narrow="url, drawn where .chart-narrow is the picture shown"]>
     <div data-picture><svg …></div>
     <script type="application/json" data-figure-json>…</script>   (or data-figure above)
     <button type="button" data-explore hidden>Explore</button>
   </figure>
   plotly is only loaded on the first press. Without JavaScript the button stays hidden.
   Exploring: zoom with the pointer or the buttons, hide and show by the key, and the arrow keys
   step through the marks and read what each one is. */
(function () {
  "use strict";
  var loading = null;
  var explored = new Set();

  function load(figure) {
    if (loading) return loading;
    loading = new Promise(function (done, failed) {
      // plotly looks for this id and class and then adds no style of its own.
      var css = document.createElement("link");
      css.rel = "stylesheet";
      css.href = figure.dataset.plotlyCss;
      css.id = "plotly.js-style-global";
      css.className = "no-inline-styles";
      css.onerror = failed;
      css.onload = function () {
        var script = document.createElement("script");
        script.src = figure.dataset.plotlyJs;
        script.onload = function () { done(window.Plotly); };
        script.onerror = failed;
        document.head.append(script);
      };
      document.head.append(css);
    });
    loading.catch(function () { loading = null; });
    return loading;
  }

  function read(figure) {
    var inside = figure.querySelector("script[type='application/json']");
    if (inside) return Promise.resolve(JSON.parse(inside.textContent));
    var narrow = figure.querySelector(".chart-narrow");
    var isNarrow = narrow && getComputedStyle(narrow).display !== "none";
    var from = isNarrow && figure.dataset.figureNarrow || figure.dataset.figure;
    return fetch(from).then(function (answer) {
      if (!answer.ok) throw new Error("HTTP " + answer.status);
      return answer.json();
    });
  }

  function isDark() {
    var chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  // The figure has light colours; layout.meta.dark says what each is in the dark.
  function recolour(part, to) {
    if (typeof part === "string") return Object.hasOwn(to, part) ? to[part] : part;
    if (Array.isArray(part)) return part.map(function (item) { return recolour(item, to); });
    if (!part || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(function (entry) {
      return [entry[0], recolour(entry[1], to)];
    }));
  }

  function draw(figure, plotly, raw) {
    var meta = raw.layout.meta || {};
    var drawn = isDark() && meta.dark ? recolour(raw, meta.dark) : raw;
    var room = figure.querySelector(".chart-explored");
    // A finger moves the page; a pointer zooms.
    var zooms = !matchMedia("(pointer: coarse)").matches;
    var layout = Object.assign({}, drawn.layout, { autosize: true, dragmode: zooms && "zoom" });
    layout.xaxis = Object.assign({}, layout.xaxis, { fixedrange: false });
    layout.legend = Object.assign({}, layout.legend, { itemclick: "toggle", itemdoubleclick: "toggleothers" });
    delete layout.width;
    return plotly.newPlot(room, drawn.data, layout, {
      responsive: true,
      displaylogo: false,
      displayModeBar: true,
      showSendToCloud: false,
      plotlyServerURL: "",
      modeBarButtonsToRemove: ["toImage", "lasso2d", "select2d"]
    }).then(function () { return makeRoomForKey(plotly, room, layout); });
  }

  // plotly sets a key in columns where the picture lets it flow; it may need more rows.
  function makeRoomForKey(plotly, room, layout) {
    var key = room.querySelector(".legend");
    if (!key || !layout.legend || layout.legend.orientation !== "h") return null;
    var ticks = 30;
    var lacking = Math.ceil(key.getBoundingClientRect().height + ticks - layout.margin.b);
    if (lacking <= 0) return null;
    return plotly.relayout(room, {
      height: layout.height + lacking,
      "margin.b": layout.margin.b + lacking
    });
  }

  // What is told of each mark: one row a trace, or a line of a matrix.
  function marksOf(room) {
    var rows = [];
    room.data.forEach(function (trace, curve) {
      var texts = trace.hovertext;
      if (!Array.isArray(texts) || trace.visible === "legendonly") return;
      var lines = Array.isArray(texts[0]) ? texts : [texts];
      lines.forEach(function (line, y) {
        var row = line.map(function (text, x) {
          var at = lines === texts ? { xval: trace.x[x], yval: trace.y[y] } : { pointNumber: x };
          return { text: text, at: Object.assign({ curveNumber: curve }, at) };
        });
        row = row.filter(function (mark) { return mark.text; });
        if (row.length) rows.push(row);
      });
    });
    return rows;
  }

  var STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

  function step(room, by) {
    var rows = marksOf(room), at = room.at;
    if (!rows.length) return;
    function within(value, length) { return Math.max(0, Math.min(length - 1, value)); }
    room.at = at = at ? [within(at[0] + by[0], rows.length), at[1] + by[1]] : [0, 0];
    at[1] = within(at[1], rows[at[0]].length);
    var mark = rows[at[0]][at[1]];
    window.Plotly.Fx.hover(room, [mark.at]);
    var plain = new DOMParser().parseFromString(mark.text.replace(/<br>/g, ", "), "text/html");
    room.nextElementSibling.textContent = plain.body.textContent;
  }

  function makeRoom(figure) {
    var room = document.createElement("div"), told = document.createElement("p");
    var title = figure.querySelector("h2");
    room.className = "chart-explored";
    room.tabIndex = 0;
    room.setAttribute("role", "group");
    room.setAttribute("aria-label", (title ? title.textContent : figure.getAttribute("aria-label")) +
      ". Arrow keys step through the marks.");
    told.className = "chart-told";
    told.setAttribute("role", "status");
    figure.querySelector("[data-picture]").after(room, told);
    room.addEventListener("keydown", function (event) {
      if (event.target !== room || !STEPS[event.key]) return;
      event.preventDefault();
      step(room, STEPS[event.key]);
    });
    return room;
  }

  function show(figure, isExplored) {
    figure.querySelector("[data-picture]").hidden = isExplored;
    figure.querySelector(".chart-explored").hidden = !isExplored;
    figure.dataset.state = isExplored ? "loading" : "picture";
    var button = figure.querySelector("[data-explore]");
    button.textContent = isExplored ? "Show picture" : button.dataset.words;
    button.setAttribute("aria-pressed", String(isExplored));
    figure.querySelector(".chart-told").textContent = isExplored
      ? "Tab to the chart: arrow keys step through the marks. The buttons above it zoom." : "";
    explored[isExplored ? "add" : "delete"](figure.id);
  }

  function explore(figure, button) {
    var room = figure.querySelector(".chart-explored");
    if (room && !room.hidden) {
      window.Plotly.purge(room);
      show(figure, false);
      return;
    }
    room = room || makeRoom(figure);
    button.disabled = true;
    Promise.all([load(figure), read(figure)])
      .then(function (both) {
        show(figure, true);
        return draw(figure, both[0], both[1]);
      })
      .then(function () { figure.dataset.state = "explored"; })
      .catch(function (error) {
        console.error(error);
        show(figure, false);
        button.textContent = "The interactive chart could not be loaded. Try again";
      })
      .finally(function () {
        var pressed = button.disabled && document.activeElement === document.body;
        button.disabled = false;
        if (pressed) button.focus();
      });
  }

  function prepare() {
    document.querySelectorAll("figure[data-chart] [data-explore][hidden]").forEach(function (b) {
      b.dataset.words = b.textContent.trim();
      b.hidden = false;
      var figure = b.closest("figure[data-chart]");
      if (explored.has(figure.id)) explore(figure, b); // what was chosen has been swapped in
    });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-explore]");
    var figure = button && button.closest("figure[data-chart]");
    if (figure) explore(figure, button);
  });
  document.addEventListener("htmx:load", prepare);
  // The SVG is drawn in every scheme by CSS; an explored chart is drawn anew.
  function redraw() {
    document.querySelectorAll("figure[data-chart] .chart-explored:not([hidden])")
      .forEach(function (room) {
        var figure = room.closest("figure[data-chart]");
        read(figure).then(function (raw) { return draw(figure, window.Plotly, raw); });
      });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", prepare);
  else prepare();
})();
