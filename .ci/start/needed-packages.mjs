/**
 * @typedef {Record<string, string>} Ranges
 * @typedef {{
 *   version?: string; link?: boolean; resolved?: string; dev?: boolean; devOptional?: boolean; optional?: boolean;
 *   peer?: boolean; os?: string[]; cpu?: string[]; dependencies?: Ranges; optionalDependencies?: Ranges; peerDependencies?: Ranges;
 *   peerDependenciesMeta?: Record<string, { optional?: boolean }>;
 * }} LockedPackage an entry of a lock file, by its path
 */

/**
 * The packages that Node needs to run a workspace, with those that it needs itself: their paths in the lock file. Unlike
 * `npm ci --workspace`, this does not go on from the root package, on which a sample depends, to its development tools and
 * to the other workspaces.
 *
 * @param {Record<string, LockedPackage>} packages `packages` of a package-lock.json
 * @param {readonly string[]} roots paths of workspaces and packages
 * @returns {string[]}
 */
export function neededPackages(packages, roots) {
  const found = new Set();
  const visit = (path) => {
    if (found.has(path)) {
      return;
    }
    found.add(path);
    const { dependencies, optionalDependencies, peerDependencies = {}, peerDependenciesMeta } = packages[path];
    const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta?.[name]?.optional);
    for (const name of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]) {
      const target = resolvePackage(packages, path, name);
      if (target !== undefined) {
        visit(target);
      }
    }
  };
  roots.forEach(visit);
  return [...found].filter(isPackage).sort();
}

/**
 * Whether a package lies where it should, in the version of the lock file. npm leaves an optional one out where the
 * system is another.
 *
 * @param {Record<string, LockedPackage>} locked
 * @param {Record<string, LockedPackage>} installed `packages` of node_modules/.package-lock.json
 */
export function isInstalled(locked, installed, path) {
  const { version, optional, devOptional } = locked[path];
  return installed[path] === undefined ? Boolean(optional ?? devOptional) : installed[path].version === version;
}

/**
 * Whether a package with machine code is for this system.
 *
 * @param {string} path
 * @param {LockedPackage} entry
 * @param {{ platform: string; arch: string; libc: 'glibc' | 'musl' }} system
 */
export function runsOn(path, { os, cpu }, { platform, arch, libc }) {
  const allows = (list, name) =>
    list === undefined || (list[0]?.startsWith('!') ? !list.includes(`!${name}`) : list.includes(name));
  return allows(os, platform) && allows(cpu, arch) && (platform !== 'linux' || allows(libcOf(path, { os }), libc));
}

/**
 * The C library that a package with machine code needs. npm leaves it out of the lock file, the package's name has it.
 *
 * @param {string} path
 * @param {LockedPackage} entry
 */
export function libcOf(path, { os }) {
  if (!os?.includes('linux')) {
    return undefined;
  }
  return path.endsWith('-musl') ? ['musl'] : /-gnu(eabihf)?$/.test(path) ? ['glibc'] : undefined;
}

/** Where Node finds a package: in the nearest `node_modules`, outwards. */
function resolvePackage(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/'), 0))) {
    const path = `${folder && `${folder}/`}node_modules/${name}`;
    if (packages[path] !== undefined) {
      return packages[path].link ? packages[path].resolved : path;
    }
    if (folder === '') {
      return undefined;
    }
  }
}

function isPackage(path) {
  return /(^|\/)node_modules\//.test(path);
}
