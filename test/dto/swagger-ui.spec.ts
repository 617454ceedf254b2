import { DocumentBuilder, getSchemaPath, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import * as dto from 'mandate/dto';
import type { Browser } from 'playwright-core';

import { exampleOf } from '../../lib/dto/openapi-example.js';
import { launch } from '../support/headless-browser.js';
import { startBodiesApp } from './bodies-app.js';

const TYPES = [
  dto.ConfirmSignUpDto,
  dto.RegisterDto,
  dto.RespondToChallengeDto,
  dto.AnswerChallengeDto,
  dto.ChoiceAuthenticateDto,
  dto.FlowAuthenticateDto,
  dto.MfaPreferenceDto,
  dto.CompletePasskeyDto,
];

const RESPONSES = [dto.AuthenticatedDto, dto.ChallengedDto, dto.ChallengeShownDto];

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
}, 60_000);

afterAll(() => browser.close());

/** What the page of a document shows: the bodies it fills in, and the examples of responses. */
async function shownBy(change: (document: OpenAPIObject) => void): Promise<{ bodies: string[]; responses: string[] }> {
  const app = await startBodiesApp(TYPES, undefined, (created) => {
    const document = SwaggerModule.createDocument(created, new DocumentBuilder().build(), { extraModels: RESPONSES });
    change(document);
    SwaggerModule.setup('docs', created, document, { swaggerOptions: { docExpansion: 'full', tryItOutEnabled: true } });
  });
  await app.listen(0, '127.0.0.1');
  const page = await browser.newPage();
  await page.goto(`${await app.getUrl()}/docs`);
  await page.waitForFunction(`document.querySelectorAll('textarea').length === ${String(TYPES.length)}`);
  // Expressions as text, because their types are those of a browser.
  const bodies: string[] = await page.evaluate(
    `Array.from(document.querySelectorAll('textarea'), ({ value }) => value)`,
  );
  const responses: string[] = await page.evaluate(
    `Array.from(document.querySelectorAll('.responses-table .highlight-code code'), (code) => code.textContent)`,
  );
  await page.close();
  await app.close();
  return { bodies, responses };
}

describe('Swagger UI', () => {
  it('fills in the example of each body', async () => {
    const { bodies } = await shownBy(() => undefined);
    expect(bodies.map((text) => JSON.parse(text) as unknown)).toEqual(TYPES.map(exampleOf));
  }, 90_000);

  it('shows responses without dummies', async () => {
    const { responses } = await shownBy(({ paths }) => {
      Object.values(paths).forEach(({ post }, index) => {
        const type = RESPONSES[index % RESPONSES.length] ?? dto.AuthenticatedDto;
        const schema = { $ref: getSchemaPath(type) };
        Object.assign(post ?? {}, {
          responses: { 200: { description: '', content: { 'application/json': { schema } } } },
        });
      });
    });
    expect(responses.map((text) => (JSON.parse(text) as { status: string }).status).slice(0, 3)).toEqual([
      'AUTHENTICATED',
      'CHALLENGE',
      'CHALLENGE',
    ]);
    expect(responses.join('')).not.toMatch(/"string"|additionalProp/);
    expect(responses[1]).toContain('"medium": "EMAIL"');
  }, 90_000);
});
