import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { format, resolveConfig } from 'prettier';

import { printTable } from '../bench/table.js';
import { type Budgets, budgetOf, deviations, staleBudgets } from './budgets.js';
import { type Entry, readPackage } from './entries.js';
import { type EntrySize, measure } from './measure.js';
import { brokenRules } from './rules.js';
import { measureStartUp } from './start-up.js';

/**
 * Shows what each entry of the built package costs: bytes, modules, packages, milliseconds. With `--check` it compares with
 * budgets.json and shows nothing when all is well; with `--update` it accepts what it measured.
 */
const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    update: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    package: { type: 'string', default: join(import.meta.dirname, '..', '..') },
    budgets: { type: 'string', default: join(import.meta.dirname, 'budgets.json') },
  },
});
const measured = readPackage(values.package);
const sizes = new Map<Entry, EntrySize>();
for (const entry of measured.entries) {
  sizes.set(entry, await measure(measured.folder, entry));
}
if (!values.check) {
  report();
}
if (values.update) {
  const budgets = Object.fromEntries([...sizes].map(([{ key }, size]) => [key, budgetOf(size)]));
  const style = { ...(await resolveConfig(values.budgets)), filepath: values.budgets };
  writeFileSync(values.budgets, await format(JSON.stringify(budgets), style));
}
const faults = findFaults(JSON.parse(readFileSync(values.budgets, 'utf8')) as Budgets);
for (const fault of faults) {
  console.error(fault);
}
process.exitCode = faults.length === 0 ? 0 : 1;

function findFaults(budgets: Budgets): string[] {
  const ofEntries = [...sizes].flatMap(([entry, size]) => [
    ...brokenRules(entry, size, measured.optionalPeers),
    ...deviations(entry, size, budgets[entry.key]),
  ]);
  return [...ofEntries, ...staleBudgets(measured.entries, budgets)];
}

function report(): void {
  const startUp = measureStartUp(measured, Number(values.rounds));
  const rows = [...sizes].map(([{ key, name }, { bytes, gzip, modules, packages, imported }]) => {
    const milliseconds = startUp.entries.get(key) ?? Number.NaN;
    const ratio = milliseconds / startUp.nest;
    const cost = [milliseconds.toFixed(0), ratio.toFixed(2)];
    return [name, String(bytes), String(gzip), String(modules), String(packages.length), ...cost, imported.join(', ')];
  });
  const header = ['entry', 'bytes', 'gzipped', 'own files', 'packages', 'ms', 'of @nestjs/core', 'imports'];
  printTable(header, rows);
  console.log(`@nestjs/core alone takes ${startUp.nest.toFixed(0)} ms.`);
}
