import { Controller, Get, Header } from '@nestjs/common';
import { Public } from 'mandate';
import { type BrowserSession, Session } from 'mandate/http';

import { page } from './page.js';

@Controller()
export class PageController {
  @Public()
  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', "default-src 'self'; frame-ancestors 'none'")
  @Header('Cache-Control', 'no-store')
  index(@Session() session: BrowserSession | undefined): string {
    return page(session);
  }
}
