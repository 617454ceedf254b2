import { Injectable } from '@nestjs/common';
import type { AccessTokenClaims } from 'mandate';

export interface Note {
  readonly text: string;
  readonly author: string;
}

/** Keeps the notes of each user in memory. Independent of the transport. */
@Injectable()
export class Notes {
  /** By `sub`, because a username can be reused after a user is deleted. */
  readonly #notes = new Map<string, readonly Note[]>();

  get count(): number {
    return [...this.#notes.values()].flat().length;
  }

  of({ sub }: AccessTokenClaims): readonly Note[] {
    return this.#notes.get(sub) ?? [];
  }

  add(author: AccessTokenClaims, text: string): Note {
    const note = { text, author: author.username };
    this.#notes.set(author.sub, [...this.of(author), note]);
    return note;
  }

  clear(): void {
    this.#notes.clear();
  }
}
