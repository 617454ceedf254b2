import type { PackageManager } from './manifest.js';
import type { ProjectFiles } from './project-files.js';
import type { ApiKind } from './scaffold-options.js';

/** A file that is created or changed. */
export interface PlannedChange {
  readonly path: string;
  readonly isNew: boolean;
  readonly text: string;
  /** What changes, such as `imports MandateModule`. */
  readonly what: readonly string[];
}

/** What the user has to do, because a file is in the way or written in a way that is not edited here. */
export interface ManualStep {
  readonly path: string;
  /** A part of a sentence, without a full stop. */
  readonly reason: string;
  /** The code to paste. */
  readonly code: string;
}

/** All that is to be done. Nothing has been written yet. */
export interface ScaffoldPlan {
  /** How users sign in. */
  readonly api: ApiKind;
  readonly changes: readonly PlannedChange[];
  readonly manual: readonly ManualStep[];
  /** Sentences for the user. */
  readonly notes: readonly string[];
  /** The packages that are not installed. */
  readonly missing: readonly string[];
  /** What installs them; undefined where none is missing. */
  readonly install: PackageManager | undefined;
  readonly packageManager: PackageManager;
}

/** Collects changes: later steps read what earlier ones have planned. */
export class PlanDraft implements ProjectFiles {
  readonly manual: ManualStep[] = [];
  readonly notes: string[] = [];
  readonly #changes = new Map<string, { text: string; what: string[] }>();

  constructor(private readonly files: ProjectFiles) {}

  readonly read = (path: string): string | undefined => this.#changes.get(path)?.text ?? this.files.read(path);

  readonly exists = (path: string): boolean => this.#changes.has(path) || this.files.exists(path);

  readonly write = (path: string, text: string): void => {
    this.change(path, text, []);
  };

  /** Plans a file's new text. */
  change(path: string, text: string, what: readonly string[]): void {
    if (this.read(path) !== text) {
      this.#changes.set(path, { text, what: [...(this.#changes.get(path)?.what ?? []), ...what] });
    }
  }

  get changes(): PlannedChange[] {
    return [...this.#changes].map(([path, change]) => ({ path, isNew: !this.files.exists(path), ...change }));
  }
}

/** Writes what is planned. */
export function applyPlan({ changes }: ScaffoldPlan, files: ProjectFiles): void {
  for (const { path, text } of changes) {
    files.write(path, text);
  }
}
