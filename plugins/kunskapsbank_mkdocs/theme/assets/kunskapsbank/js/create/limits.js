// A new project's or trip's money beside the limits of its years' calls. The twin of the checks in
// kunskapsbank/checks/calls.py that concern one file.
// @ts-check

import { keyOf, problemAt } from "./fields.js";
import { yearsText } from "./text.js";

/**
 * @typedef {import("./reports.js").Draft} Draft
 * @typedef {import("./fields.js").Problem} Problem
 */

/** @type {(draft: Draft) => Problem[]} */
export function check(draft) {
  const { values, rules } = draft;
  if (!values.grants?.length || values.example) return [];
  const years = Object.keys(rules.reports.calls.limits).map(Number).sort((a, b) => a - b);
  return [...years.flatMap((year) => amounts(draft, year)), ...yearsInARow(draft)];
}

/** Return a number with a no-break space between thousands: 750000 gives "750 000". */
const numberText = (/** @type {number} */ number) => String(number).replace(/\B(?=([0-9]{3})+$)/g, "\u00a0");

/** @type {(draft: Draft, place: number, attribute: string, message: string, hint: string, rule: string) => Problem} */
function atGrant({ source, rules }, place, attribute, message, hint, rule) {
  const key = keyOf(rules, "grants");
  const { shape } = rules.fields.find((/** @type {any} */ one) => one.attribute === "grants");
  const inner = shape.item.fields.find((/** @type {any} */ one) => one.attribute === attribute).key;
  return problemAt(source, source.lines[`${key}/${place}`], `${key} → ${inner}`, message, hint, "anmärkning", rule);
}

/** @type {(draft: Draft, year: number) => Problem[]} */
function amounts(draft, year) {
  const { values, rules } = draft;
  const { projectMoney, tripMoney, limits } = rules.reports.calls;
  const call = limits[year];
  const asked = [
    { stated: call.project, times: 1, money: projectMoney, what: "ett projekt" },
    { stated: call.trip, times: Math.max(1, values.owners.length), money: tripMoney, what: "en resa" },
  ];
  return asked.flatMap(({ stated, times, money, what }) => {
    const places = [...values.grants.keys()].filter((place) => {
      const grant = values.grants[place];
      return grant.year === year && money.includes(grant.form.id);
    });
    const total = places.reduce((sum, place) => sum + (values.grants[place].amount ?? 0), 0);
    if (stated === null || total <= stated * times) return [];
    const message = `är ${numberText(total)} kr för ${year}, men ${what} kan få högst ${numberText(stated * times)} kr`;
    const counted = times > 1 ? ` Den är räknad för ${times} förvaltningar.` : "";
    const hint = `Jämför med beslutet och rätta beloppet. Gränsen står i ${call.file}.${counted}`;
    return [atGrant(draft, places[places.length - 1], "amount", message, hint, "beloppsgräns")];
  });
}

/** @type {(draft: Draft) => Problem[]} */
function yearsInARow(draft) {
  const { values, rules } = draft;
  const { projectMoney, limits } = rules.reports.calls;
  const kept = values.grants.filter(
    (/** @type {any} */ grant) => projectMoney.includes(grant.form.id) && !grant.paid_back,
  );
  return runs(kept.map((/** @type {any} */ grant) => grant.year)).flatMap((run) => {
    const year = run.findLast((one) => (limits[one]?.yearsInARow ?? null) !== null);
    if (year === undefined) return [];
    const limit = limits[year].yearsInARow;
    const count = year - run[0] + 1;
    if (count <= limit) return [];
    const place = values.grants.findIndex((/** @type {any} */ grant) => grant.year === year);
    const message = `gäller ${count} år i rad (${yearsText(run.slice(0, count))}), men högst ${limit} beviljas`;
    const hint = `Jämför med besluten och rätta åren. Gränsen står i ${limits[year].file}.`;
    return [atGrant(draft, place, "year", message, hint, "år i rad")];
  });
}

/** Return years in runs without gaps. @returns {number[][]} */
function runs(/** @type {number[]} */ years) {
  /** @type {number[][]} */
  const found = [];
  for (const year of [...new Set(years)].sort((a, b) => a - b)) {
    const last = found[found.length - 1];
    if (last && year === last[last.length - 1] + 1) last.push(year);
    else found.push([year]);
  }
  return found;
}
