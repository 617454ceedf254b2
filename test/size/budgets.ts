import type { Entry } from './entries.js';
import type { EntrySize } from './measure.js';

/** What was accepted for an entry. */
export type Budget = Pick<EntrySize, 'bytes' | 'gzip' | 'imported'>;

/** By the name in `exports`. */
export type Budgets = Readonly<Record<string, Budget>>;

/** Growth that needs no word, as a factor, and shrinking that needs none. */
const MORE = 1.01;
const LESS = 0.95;

const LOOK = '"npm run size" shows all entries';
const ACCEPT = '"npm run size -- --update" accepts it';

export function budgetOf({ bytes, gzip, imported }: EntrySize): Budget {
  return { bytes, gzip, imported };
}

/** Where an entry differs from what was accepted, as sentences. */
export function deviations({ name }: Entry, size: EntrySize, budget: Budget | undefined): string[] {
  if (budget === undefined) {
    return [`${name} has no budget. ${LOOK}, ${ACCEPT}.`];
  }
  return [
    ...deviation(`${name} minified`, size.bytes, budget.bytes),
    ...deviation(`${name} gzipped`, size.gzip, budget.gzip),
    ...changedImports(name, size.imported, budget.imported),
  ];
}

/** Budgets of entries that are no more. */
export function staleBudgets(entries: readonly Entry[], budgets: Budgets): string[] {
  const known = entries.map(({ key }) => key);
  const stale = Object.keys(budgets).filter((key) => !known.includes(key));
  return stale.map((key) => `There is a budget for "${key}", which package.json does not export. ${ACCEPT}.`);
}

function deviation(what: string, bytes: number, budget: number): string[] {
  const change = `from ${budget} to ${bytes} bytes (${((bytes / budget - 1) * 100).toFixed(1)} %)`;
  if (bytes > budget * MORE) {
    return [`${what} has grown ${change}. ${LOOK}, ${ACCEPT}.`];
  }
  return bytes < budget * LESS ? [`${what} has shrunk ${change}. Lower its budget: ${ACCEPT}.`] : [];
}

function changedImports(name: string, imported: readonly string[], budget: readonly string[]): string[] {
  const [more, less] = [except(imported, budget), except(budget, imported)];
  return [
    ...more.map((other) => `${name} imports ${other}, which it did not. ${LOOK}, ${ACCEPT}.`),
    ...less.map((other) => `${name} imports ${other} no more. ${ACCEPT}.`),
  ];
}

function except(all: readonly string[], others: readonly string[]): string[] {
  return all.filter((one) => !others.includes(one));
}
