/*
 * The part of @angular-devkit/schematics that is used. A schematic gets its objects from the Nest CLI; the package itself is
 * not needed.
 */

/** The files of the project, as the schematic will leave them. */
export interface SchematicTree {
  readonly read: (path: string) => Uint8Array | null;
  readonly exists: (path: string) => boolean;
  readonly create: (path: string, content: string) => void;
  readonly overwrite: (path: string, content: string) => void;
}

/** What a schematic is run in. */
export interface SchematicContext {
  readonly logger: { readonly info: (text: string) => void; readonly warn: (text: string) => void };
  readonly addTask: (task: { readonly toConfiguration: () => object }) => unknown;
}

/** What a schematic is: a function that changes the tree. */
export type SchematicRule = (tree: SchematicTree, context: SchematicContext) => void;
