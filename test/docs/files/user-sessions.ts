import { Injectable, UnauthorizedException } from '@nestjs/common';
import { Keyv } from 'keyv';
import { CognitoService, type TokenSession, type TokenSet, type UserAttributes } from 'mandate';

/** Keeps the tokens of each user's session in a store that all instances share. */
@Injectable()
export class UserSessions {
  constructor(
    private readonly cognito: CognitoService,
    private readonly store: Keyv<TokenSet>,
  ) {}

  async save(id: string, tokens: TokenSet): Promise<void> {
    await this.store.set(id, tokens);
  }

  async open(id: string): Promise<TokenSession<UserAttributes>> {
    const tokens = await this.store.get(id);
    if (tokens === undefined) {
      throw new UnauthorizedException('Sign in first.');
    }
    return this.cognito.withTokens(tokens, {
      onRenewed: (renewed) => this.store.set(id, renewed),
      reload: () => this.store.get(id),
      onEnded: () => this.store.delete(id),
    });
  }
}
