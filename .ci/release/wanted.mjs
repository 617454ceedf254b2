// Says for the release workflow which version package.json has, and whether it is to be published: when no changeset waits
// for another version, and npm does not have this one.
import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);
const { name, version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const isWaiting = (file) => file.endsWith('.md') && file !== 'README.md';

const publish = !readdirSync(new URL('.changeset/', root)).some(isWaiting) && !(await isPublished());
console.log(`version=${version}\npublish=${publish}`);

async function isPublished() {
  const registry = process.env.npm_config_registry ?? 'https://registry.npmjs.org/';
  const { status } = await globalThis.fetch(new URL(`${name}/${version}`, registry));
  if (status !== 200 && status !== 404) {
    throw new Error(`The registry answers ${status} for ${name} ${version}.`);
  }
  return status === 200;
}
