import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Controller, Get, type LoggerService, Module } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { CognitoAuthGuard, MandateModule } from 'mandate';
import { TestTokenIssuer } from 'mandate/testing';
import request from 'supertest';
import ts from 'typescript';

import { LOCAL_OPTIONS } from '../../lib/cli/local/local-options.js';
import { variableOf } from '../../lib/cli/local/settings.js';
import { signingKeysPem } from '../local/signing-keys.js';
import { parse } from './support/declarations.js';
import { codesIn, root, rowsOf } from './support/page.js';

const PAGE = 'reference/events.md';

/** Type and other members of each event, as the union declares them. */
function declaredEvents(): Record<string, string[]> {
  const union = parse('lib/tokens/token-events.ts')
    .statements.filter(ts.isTypeAliasDeclaration)
    .find(({ name }) => name.text === 'TokenEvent')?.type;
  const literals = union && ts.isUnionTypeNode(union) ? union.types.filter((type) => ts.isTypeLiteralNode(type)) : [];
  return Object.fromEntries(
    literals.map(({ members }) => {
      const properties = members.filter(ts.isPropertySignature);
      const type = properties.find(({ name }) => name.getText() === 'type')?.type?.getText() ?? '';
      const others = properties.map(({ name }) => name.getText()).filter((name) => name !== 'type');
      return [type.replaceAll("'", ''), others];
    }),
  );
}

/** The text of the package's own code. What `mandate init` writes is code of applications. */
function sourceText(folder = 'lib', without: readonly string[] = ['templates']): string {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !without.includes(name))
    .map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sourceText(path, without) : readFileSync(join(root, path), 'utf8');
    })
    .join('\n');
}

describe('docs/reference/events.md', () => {
  it('has each event with its members', () => {
    const shown = rowsOf(PAGE, 'event').map(([name, members]) => [codesIn(name)[0] ?? '', codesIn(members)]);
    expect(Object.fromEntries(shown)).toEqual(declaredEvents());
  });

  it('quotes log lines and loggers that exist', () => {
    const text = sourceText();
    for (const [logger = '', , line = ''] of rowsOf(PAGE, 'logger')) {
      expect(text).toMatch(new RegExp(`new Logger\\('${codesIn(logger)[0] ?? ''}'\\)`));
      // A code stands where the source has a placeholder.
      const [quoted = ''] = codesIn(line);
      expect(text).toContain(quoted.replace(/: [A-Z_]+$/, ':'));
    }
  });

  it('shows how the reason of a refusal gets into the log', async () => {
    const issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
    @Controller('me')
    class MeController {
      @Get()
      me() {
        return {};
      }
    }
    @Module({
      imports: [MandateModule.forRoot(issuer.moduleOptions())],
      controllers: [MeController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    // #region debug
    const app = await NestFactory.create(AppModule, { logger: ['error', 'warn', 'debug'] });
    // #endregion
    const lines: string[] = [];
    const write = (line: unknown) => void lines.push(String(line));
    const logger: LoggerService = { log: () => undefined, error: write, warn: write, debug: write };
    app.useLogger(logger);
    await app.init();
    const token = issuer.signToken({ clientId: 'anotherclient' });
    await request(app.getHttpServer() as never)
      .get('/me')
      .auth(token, { type: 'bearer' })
      .expect(401);
    await app.close();
    expect(lines.join('\n')).toContain('rejected a token: TOKEN_CLIENT_REFUSED (expected client_id "testclient"');
    expect(lines.join('\n')).toContain('received client_id "anotherclient"');
  });
});

describe('docs/reference/environment-variables.md', () => {
  const PAGES = 'reference/environment-variables.md';

  it('names every variable that the package reads', () => {
    const text = sourceText('lib', ['templates', 'cli']);
    const shown = rowsOf(PAGES, 'variable')
      .filter((row) => row.length === 3)
      .flatMap(([name]) => codesIn(name));
    expect(variablesIn(text)).toEqual(shown.sort());
    expect(/process\.env\.\w+/.exec(text)?.[0]).toBeUndefined();
  });

  it('names the variable of every option of mandate local', () => {
    const shown = rowsOf(PAGES, 'variable of local').map((row) => row.map((cell) => codesIn(cell)[0]));
    expect(shown).toEqual(Object.keys(LOCAL_OPTIONS).map((option) => [variableOf(option), `--${option}`]));
  });

  it('names every variable that the commands read', () => {
    const text = sourceText('lib/cli');
    const shown = rowsOf(PAGES, 'variable of doctor').flatMap(([name]) => codesIn(name)[0] ?? '');
    expect(variablesIn(text)).toEqual(shown.sort());
    expect(/process\.env\.\w+/.exec(text)?.[0]).toBeUndefined();
  });
});

/** The variables that code reads by their name, or by a constant that holds it. */
function variablesIn(text: string): string[] {
  const constants = new Map(
    [...text.matchAll(/const ([A-Z_]+) = '([A-Z][A-Z\d_]+)';/g)].map(([, name = '', value = '']) => [name, value]),
  );
  const indexed = [...text.matchAll(/(?:process\.env|environment|variables)\[(?:'(\w+)'|([A-Z_]+))\]/g)].map(
    ([, literal, constant]) => literal ?? constants.get(constant ?? '') ?? `unknown ${constant ?? ''}`,
  );
  const defaults = [...text.matchAll(/\boption\('[\w-]+', '(\w+)'\)/g)].map(([, name = '']) => name);
  return [...new Set([...indexed, ...defaults])].sort();
}
