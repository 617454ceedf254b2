/**
 * The files of a project, by their paths from its root with `/` between folders: a folder of the disk, or the tree of a
 * schematic.
 */
export interface ProjectFiles {
  /** The text of a file; undefined if there is none. */
  readonly read: (path: string) => string | undefined;
  readonly exists: (path: string) => boolean;
  /** Creates a file, or replaces its text. */
  readonly write: (path: string, text: string) => void;
}
