import { type INestApplication, UseFilters, UseGuards } from '@nestjs/common';
import {
  type OnGatewayConnection,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
  type WsResponse,
} from '@nestjs/websockets';
import {
  bearerToken,
  CognitoAuthGuard,
  CognitoExceptionFilter,
  CognitoService,
  ConnectionExpiry,
  CurrentUser,
  handshakeToken,
  MandateModule,
  payloadToken,
} from 'mandate';
import { TestTokenIssuer } from 'mandate/testing';
import type { Server, Socket } from 'socket.io';
import { io } from 'socket.io-client';

import { signingKeysPem } from '../local/signing-keys.js';
import { startApp } from './support/start-app.js';

// #region gateway
@WebSocketGateway()
@UseGuards(CognitoAuthGuard)
@UseFilters(CognitoExceptionFilter)
export class AlertsGateway implements OnGatewayConnection<Socket> {
  @WebSocketServer()
  private readonly server!: Server;

  constructor(
    private readonly cognito: CognitoService,
    private readonly connections: ConnectionExpiry,
  ) {}

  /** Guards do not run here: without this check strangers would receive each broadcast. */
  async handleConnection(client: Socket): Promise<void> {
    try {
      const claims = await this.cognito.verifyToken(String(client.handshake.auth['token']));
      this.connections.endAtExpiry(client, claims);
      await client.join('signed-in');
      client.emit('ready');
    } catch {
      client.disconnect();
    }
  }

  @SubscribeMessage('ping')
  ping(@CurrentUser('username') username: string): WsResponse<{ from: string }> {
    return { event: 'pong', data: { from: username } };
  }

  alert(text: string): void {
    this.server.to('signed-in').emit('alert', { text });
  }
}
// #endregion

describe('WebSockets', () => {
  let issuer: TestTokenIssuer;
  let app: INestApplication;
  let url: string;
  const connect = (auth: object) => io(url, { auth, transports: ['websocket'], forceNew: true, reconnection: false });
  const once = async (socket: ReturnType<typeof io>, event: string): Promise<unknown> =>
    new Promise((resolve) => socket.once(event, resolve));

  beforeAll(async () => {
    issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
    const pool = issuer.moduleOptions();
    // #region extractors
    const registration = MandateModule.forRoot({
      ...pool,
      // The token of a message comes first: it may be newer than that of the handshake.
      extractors: [payloadToken('token'), bearerToken(), handshakeToken()],
    });
    // #endregion
    app = await startApp({ imports: [registration], providers: [AlertsGateway] });
    url = await app.getUrl();
  });

  afterAll(() => app.close());

  it('are checked when they connect, and with each message', async () => {
    const token = issuer.signToken({ username: 'ann' });
    // #region client
    const socket = io(url, { transports: ['websocket'], auth: { token } });
    // #endregion
    await once(socket, 'ready');
    socket.emit('ping', {});
    expect(await once(socket, 'pong')).toEqual({ from: 'ann' });
    const alerted = once(socket, 'alert');
    app.get(AlertsGateway).alert('The kettle boils.');
    expect(await alerted).toEqual({ text: 'The kettle boils.' });
    socket.emit('ping', { token: 'junk' });
    expect(await once(socket, 'exception')).toMatchObject({
      status: 'error',
      statusCode: 401,
      code: 'TOKEN_MALFORMED',
      cause: { pattern: 'ping' },
    });
    socket.close();
  });

  it('are closed without a token, and when it expires', async () => {
    const stranger = connect({});
    expect(await once(stranger, 'disconnect')).toBe('io server disconnect');
    const short = connect({ token: issuer.signToken({ username: 'ann', expiresInSeconds: 2 }) });
    const said = once(short, 'exception');
    expect(await once(short, 'disconnect')).toBe('io server disconnect');
    expect(await said).toMatchObject({ code: 'TOKEN_EXPIRED' });
  });
});
