#!/bin/sh
# Builds static/vendor/plotly-<version>.min.js: plotly.js with bar, scatter, heatmap and sankey
# only. The version is the one inside the Python package; a test compares the two.
#
# Needs node 20 or newer and npm. plotly.js 4 asks for node 22, and without a version npm
# quietly picks 3.x on node 20, hence the pin and --ignore-scripts. Two builds give the same
# bytes. Usage: tools/build_plotly.sh   (set PYTHON to use another interpreter)
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-$here/.venv/bin/python}
version=$("$python" -c "from plotly.offline import get_plotlyjs_version as v; print(v())")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund "plotly.js@$version" \
  esbuild@0.28.2 stream-browserify@3.0.0 buffer@6.0.3 >/dev/null
node node_modules/esbuild/install.js
cat >entry.js <<'JS'
var Plotly = require("plotly.js/lib/core");
Plotly.register([
  require("plotly.js/lib/bar"),
  require("plotly.js/lib/heatmap"),
  require("plotly.js/lib/sankey"),
]);
module.exports = Plotly;
JS
cat >banner.txt <<TXT
/*! plotly.js v$version (bar, scatter, heatmap, sankey). Copyright 2012-2026 Plotly, Inc. MIT licence: plotly-LICENSE.txt */
TXT
out=$here/static/vendor
mkdir -p "$out"
rm -f "$out"/plotly-*.min.js
./node_modules/.bin/esbuild entry.js --bundle --minify --format=iife --global-name=Plotly \
  --target=es2016 --define:global=window --define:define.amd=false \
  --alias:stream=stream-browserify --legal-comments=none --charset=ascii \
  --banner:js="$(cat banner.txt)" --log-level=warning --outfile=built/plotly.js
cp built/plotly.js "$out/plotly-$version.min.js"
cp node_modules/plotly.js/LICENSE "$out/plotly-LICENSE.txt"
cp node_modules/plotly.js/dist/plotly.css "$out/plotly.css"
cd "$out"
sha256sum "plotly-$version.min.js" plotly.css plotly-LICENSE.txt >plotly-SHA256.txt
cat plotly-SHA256.txt
