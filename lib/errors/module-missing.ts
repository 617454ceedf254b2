const CODES: readonly unknown[] = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];

/** Whether loading a module has failed because a package is not installed. */
export function isModuleMissing(error: unknown): boolean {
  return CODES.includes((error as NodeJS.ErrnoException | undefined)?.code);
}
