/** What the responses of Express and Fastify have in common. */
interface CommonResponse {
  header(name: string, value: string): unknown;
  status(code: number): { send(body: unknown): unknown };
  readonly headersSent?: boolean;
  readonly sent?: boolean;
}

/** Sets headers at a response of Express or Fastify; does nothing once they have been sent. */
export function setHeaders(response: object | undefined, headers: Readonly<Record<string, string>>): void {
  if (response === undefined || wasSent(response as CommonResponse)) {
    return;
  }
  for (const [name, value] of Object.entries(headers)) {
    (response as CommonResponse).header(name, value);
  }
}

/** Answers with a JSON body; does nothing if an answer has begun. */
export function answer(
  response: object,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>>,
): void {
  if (!wasSent(response as CommonResponse)) {
    setHeaders(response, headers);
    (response as CommonResponse).status(status).send(body);
  }
}

function wasSent(response: CommonResponse): boolean {
  return response.headersSent === true || response.sent === true;
}
