import { readCookie, setCookie } from '../../engine/oauth/cookies.js';
import type { PendingAccount } from '../../model/pending-step.js';
import type { DomainRequest } from './domain-request.js';
import type { PageVisit } from './page-visit.js';

/** The cookie that names what the next page is about. A form repeats the name, so that two tabs do not mix. */
const PENDING_COOKIE = 'page-data';

/** The cookie that leads from one page to the next. */
export function rememberPending({ environment }: DomainRequest, id: string): string {
  return setCookie(environment, { name: PENDING_COOKIE, value: id });
}

/** The id of what a page is about: of the form, or of the page before. */
export function pendingId({ form, http }: DomainRequest): string | undefined {
  return form.get('page') ?? readCookie(http.headers.cookie, PENDING_COOKIE);
}

/** The user whom the page before was about. */
export function pendingAccount(visit: PageVisit, purpose: PendingAccount['purpose']): PendingAccount | undefined {
  const { authorization, environment } = visit;
  const account = environment.pendingAccounts.find(pendingId(visit), authorization.client.id);
  return account?.purpose === purpose ? account : undefined;
}
