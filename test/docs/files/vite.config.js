import process from 'node:process';

import { defineConfig } from 'vite';

const api = process.env.API ?? 'http://localhost:3000';

export default defineConfig({
  server: {
    port: 5173,
    // The browser sees one origin, so that the cookie needs no CORS.
    proxy: { '/auth': api, '/orders': api },
  },
});
