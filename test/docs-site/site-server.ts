import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

import { BuiltSite } from '../../.ci/docs/built-site.mjs';

export const SITE = join(__dirname, '../../docs/.vitepress/dist');
const BASE = '/mandate/';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml',
};

/** Serves the built site as GitHub Pages does: under /mandate/, without `.html` in addresses, with its page for 404. */
export class SiteServer {
  private constructor(
    private readonly server: Server,
    readonly home: string,
  ) {}

  static async start(): Promise<SiteServer> {
    if (!existsSync(join(SITE, 'index.html'))) {
      throw new Error('The documentation site is not built. Build it first: npm run docs:build');
    }
    const site = new BuiltSite(SITE, `http://127.0.0.1${BASE}`);
    const server = createServer((request, response) => {
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://127.0.0.1').pathname);
      const file = path.startsWith(BASE) ? site.fileOf(path.slice(BASE.length)) : undefined;
      const name = file ?? '404.html';
      void readFile(join(SITE, name)).then((content) => {
        const type = TYPES[extname(name)] ?? 'application/octet-stream';
        response.writeHead(file === undefined ? 404 : 200, { 'Content-Type': type }).end(content);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new SiteServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}${BASE}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** The addresses, from the home of the site, of the pages with a picture. */
export function pagesWithPictures(): string[] {
  const { pages } = new BuiltSite(SITE, `http://127.0.0.1${BASE}`);
  const hasPicture = (file: string) => readFileSync(join(SITE, file), 'utf8').includes('class="picture ');
  return pages.filter(hasPicture).map((file) => file.replace(/(index)?\.html$/, ''));
}
