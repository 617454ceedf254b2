import { EventEmitter, on } from 'node:events';

import { Injectable } from '@nestjs/common';

import type { Post } from './post.model.js';

const ADDED = 'added';

/** Keeps posts in memory. */
@Injectable()
export class Board {
  readonly #posts = new Map<string, Post>();
  // Each subscription adds a listener, without a limit.
  readonly #events = new EventEmitter().setMaxListeners(0);
  #count = 0;

  get posts(): Post[] {
    return [...this.#posts.values()];
  }

  get subscribers(): number {
    return this.#events.listenerCount(ADDED);
  }

  add(content: Omit<Post, 'id'>): Post {
    const post = { id: String(++this.#count), ...content };
    this.#posts.set(post.id, post);
    this.#events.emit(ADDED, post);
    return post;
  }

  remove(id: string): boolean {
    return this.#posts.delete(id);
  }

  /** All future posts, until the iterator is returned. */
  added(): AsyncIterable<[Post]> {
    return on(this.#events, ADDED) as AsyncIterable<[Post]>;
  }
}
