import { Controller, Get, Post } from '@nestjs/common';
import { CurrentUser } from 'mandate';

import { ReportsClient } from './reports-client.js';

@Controller('orders')
export class OrdersController {
  constructor(private readonly reports: ReportsClient) {}

  @Get()
  count(@CurrentUser('sub') sub: string) {
    return this.reports.ordersOf(sub);
  }

  /** Changes something, so that the guard also requires the header that pages of other sites cannot send. */
  @Post()
  place(@CurrentUser('sub') sub: string) {
    return this.reports.addOrderOf(sub);
  }
}
