const BROWSERS: readonly (readonly [string, RegExp])[] = [
  ['Edge', /\bEdg\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Firefox', /\bFirefox\/(\d+)/],
  ['Chrome', /\b(?:Headless)?Chrome\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)\S* (?:Mobile\/\S+ )?Safari\//],
];

const SYSTEMS: readonly (readonly [string, RegExp])[] = [
  ['Windows', /\bWindows NT (\d+)/],
  ['Android', /\bAndroid (\d+)/],
  ['iOS', /\b(?:iPhone OS|CPU OS) (\d+)/],
  ['macOS', /\bMac OS X (\d+[._]\d+)/],
  ['Linux', /\bLinux\b/],
];

/** Browser and system of a User-Agent header: `Chrome 125 / macOS 15.0`. `unknown` for anything but a browser. */
export function deviceType(userAgent: string): string {
  const browser = firstMatch(BROWSERS, userAgent);
  const system = firstMatch(SYSTEMS, userAgent);
  return browser === undefined ? 'unknown' : [browser, system].filter(Boolean).join(' / ');
}

function firstMatch(names: readonly (readonly [string, RegExp])[], text: string): string | undefined {
  for (const [name, pattern] of names) {
    const match = pattern.exec(text);
    if (match !== null) {
      const version = match.at(1)?.replaceAll('_', '.');
      return version === undefined ? name : `${name} ${version}`;
    }
  }
  return undefined;
}
