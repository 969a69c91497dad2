// Land without borders for the map, and the countries' names and places for the server: `node world.js LAND.json COUNTRIES.yaml`.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature } from "topojson-client";

const require = createRequire(import.meta.url);
const atlas = (name) => JSON.parse(readFileSync(require.resolve(`world-atlas/${name}.json`), "utf-8"));
const codes = require("i18n-iso-countries/codes.json");
const names = (lang) => require(`i18n-iso-countries/langs/${lang}.json`).countries;
const [landFile, countriesFile] = process.argv.slice(2);

const tenth = (x) => Math.round(x * 10) / 10;
const polygons = (geometry) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);

/** Signed area and centroid of a ring, in degrees. */
const middle = (ring) => {
  let area = 0, x = 0, y = 0;
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [[x0, y0], [x1, y1]] = [ring[i], ring[i + 1]];
    const part = x0 * y1 - x1 * y0;
    area += part;
    x += (x0 + x1) * part;
    y += (y0 + y1) * part;
  }
  return area ? { area: Math.abs(area), at: [tenth(x / 3 / area), tenth(y / 3 / area)] } : { area: 0, at: ring[0].map(tenth) };
};

const rounded = (ring) => ring.map((p) => p.map(tenth)).filter((p, i, all) => !i || p[0] !== all[i - 1][0] || p[1] !== all[i - 1][1]);
/** A ring that crosses the 180th meridian goes on beyond it, instead of back around the world. */
const unbroken = (ring) => {
  let turn = 0;
  const gone = ring.map(([x, y], i) => {
    if (i) turn += 360 * Math.round((ring[i - 1][0] - x) / 360);
    return [tenth(x + turn), y];
  });
  return Math.min(...gone.map((p) => p[0])) < -180 ? gone.map(([x, y]) => [tenth(x + 360), y]) : gone;
};
const land = atlas("land-110m");
const shapes = feature(land, land.objects.land).features.flatMap((one) => polygons(one.geometry));
const coordinates = shapes
  .map((polygon) => polygon.map(unbroken).map(rounded).filter((ring) => ring.length > 3))
  .filter((polygon) => polygon.length && Math.max(...polygon[0].map((p) => p[1])) > -60); // without Antarctica
const collection = [{ type: "Feature", properties: { name: "" }, geometry: { type: "MultiPolygon", coordinates } }];
writeFileSync(landFile, JSON.stringify({ type: "FeatureCollection", features: collection }));

const world = atlas("countries-10m");
const places = new Map();
for (const one of feature(world, world.objects.countries).features) {
  const rings = polygons(one.geometry).map((polygon) => middle(polygon[0])).sort((a, b) => b.area - a.area);
  if (one.id && !places.has(one.id)) places.set(one.id, rings[0].at); // the first of an id is the country, later ones its remote parts
}

// The back office's own words where they differ from the usual ones.
const WORDS = {
  AE: ["阿联酋", "United Arab Emirates"], BA: ["波黑", "Bosnia and Herzegovina"], CD: ["刚果（金）", "Congo (Kinshasa)"],
  CG: ["刚果（布）", "Congo (Brazzaville)"], HK: ["中国香港", "Hong Kong, China"], MO: ["中国澳门", "Macao, China"],
  TW: ["中国台湾", "Taiwan, China"], US: ["美国", "United States"], TR: ["土耳其", "Turkey"], CZ: ["捷克", "Czech Republic"],
};
const ALSO = {
  GB: ["England", "Great Britain"], HK: ["香港", "Hong Kong"], MO: ["澳门", "Macau", "Macao"], TW: ["台湾", "Taiwan"], KR: ["Korea, South", "Korea"],
  RU: ["Russian Federation"], VN: ["Viet Nam"], TZ: ["Tanzania, United Republic of"], IR: ["Iran, Islamic Republic of"], CZ: ["Czechia"],
  CI: ["Ivory Coast"], LA: ["Laos"], MM: ["Burma"], SY: ["Syria"], BN: ["Brunei Darussalam"], CN: ["China (Mainland)", "Mainland China", "中国大陆"],
};
const zhNames = names("zh"), enNames = names("en");
const zhWords = new Intl.DisplayNames(["zh-Hans"], { type: "region" });
const enWords = new Intl.DisplayNames(["en"], { type: "region" });
const list = (x) => (Array.isArray(x) ? x : x ? [x] : []);
const lines = codes
  .filter(([two]) => two !== "AQ")
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([two, three, number]) => {
    const [zh, en] = WORDS[two] || [zhWords.of(two), enWords.of(two).replace("&", "and").replace("’", "'")];
    const also = new Set([three, ...list(zhNames[two]), ...list(enNames[two]), zhWords.of(two), enWords.of(two), ...(ALSO[two] || [])]);
    for (const name of [two, zh, en]) also.delete(name);
    const parts = [`zh: ${JSON.stringify(zh)}`, `en: ${JSON.stringify(en)}`];
    if (places.has(number)) parts.push(`at: [${places.get(number).join(", ")}]`);
    parts.push(`also: ${JSON.stringify([...also])}`);
    return `${JSON.stringify(two)}: {${parts.join(", ")}}`;
  });
writeFileSync(countriesFile, `# Written by \`make vendor\` (vendor/world.js): ISO code, names, a point on the map, other names seen.\n${lines.join("\n")}\n`);
