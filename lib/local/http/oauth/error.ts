import { errorPage } from '../../pages/error-page.js';
import { renderPage } from '../../pages/layout.js';
import { type Handler, clientsOf } from './domain-request.js';
import { textsFor } from './languages.js';
import { pageResponse } from './page-visit.js';

/** `/error`: the end of a request whose redirect URI cannot be trusted. */
export const showError: Handler = (request) => {
  const { query } = request.http;
  const texts = textsFor(request.http);
  const found = clientsOf(request)(query.get('client_id') ?? '');
  const page = errorPage(texts, query.get('error') ?? '');
  return pageResponse({ status: 400, ...renderPage(page, texts, found?.client.branding ?? found?.pool.branding) });
};
