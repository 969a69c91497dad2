#!/bin/sh
# ECharts and the map's land, from the versions that package.json pins, into zhanggui/web: `make vendor`. Needs Node 20 and npm.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
web=$here/../zhanggui/web
made=$web/static/vendor
there=$(mktemp -d)
trap 'rm -rf "$there"' EXIT
cp "$here/package.json" "$here/echarts.js" "$here/world.js" "$there"
cd "$there"
npm install --silent --no-package-lock --ignore-scripts --no-audit --no-fund
mkdir -p "$made/echarts" "$made/world"
npx esbuild echarts.js --bundle --minify --format=iife --global-name=echarts --target=es2020 --legal-comments=none --outfile="$made/echarts/echarts.min.js"
cp node_modules/echarts/LICENSE node_modules/echarts/NOTICE "$made/echarts"
cp node_modules/echarts/licenses/LICENSE-d3 "$made/echarts/LICENSE-d3"
cp node_modules/zrender/LICENSE "$made/echarts/LICENSE-zrender"
cp node_modules/tslib/LICENSE.txt "$made/echarts/LICENSE-tslib"
cp node_modules/world-atlas/LICENSE "$made/world/LICENSE"
cp node_modules/i18n-iso-countries/LICENSE "$made/world/LICENSE-names"
node world.js "$made/world/land.json" "$web/../measures/countries.yaml"
for file in echarts/echarts.min.js world/land.json; do
  printf '%s: %s bytes, %s gzip -9\n' "$file" "$(wc -c < "$made/$file")" "$(gzip -9 -c "$made/$file" | wc -c)"
done
