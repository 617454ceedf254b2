/** A file cannot be read or written. The message is one line for the terminal, and names the file. */
export class FileError extends Error {
  override readonly name = 'FileError';

  constructor(path: string, verb: 'read' | 'written', cause: unknown) {
    super(`${path} cannot be ${verb}: ${reasonOf(cause)}.`, { cause });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user has no permission',
  EPERM: 'this user has no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a folder',
  EEXIST: 'a file is where its folder should be',
  ENOTDIR: 'a file is where its folder should be',
  ENOENT: 'it is a symbolic link to a folder that does not exist',
  ELOOP: 'it is a symbolic link to itself',
};

function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  const reason = code === undefined ? undefined : REASONS[code];
  return code === undefined || reason === undefined ? message : `${reason} (${code})`;
}
