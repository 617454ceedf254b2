import type { Environment } from '../engine/environment.js';
import { formatOf } from '../engine/pools/ui-customization.js';
import type { Route } from './route.js';

const PATH = /^\/([^/]+)\/([^/]+)\/assets\/images\/image\.(?:png|jpg)$/;
const MEDIA_TYPES = { png: 'image/png', jpg: 'image/jpeg' } as const;

/** `GET` of the ImageUrl of SetUICustomization, in place of a content delivery network. */
export function uiImageRoute({ pools }: Pick<Environment, 'pools'>): Route {
  return ({ method, path }) => {
    const [, poolId = '', clientId = ''] = PATH.exec(path) ?? [];
    const image = pools.byId(poolId)?.uiCustomizations.get(clientId)?.image;
    const format = image === undefined ? undefined : formatOf(image);
    return method !== 'GET' || image === undefined || format === undefined
      ? undefined
      : {
          status: 200,
          headers: { 'Content-Type': MEDIA_TYPES[format], 'X-Content-Type-Options': 'nosniff' },
          body: Buffer.from(image, 'base64'),
        };
  };
}
