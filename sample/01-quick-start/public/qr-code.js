import encodeQR from '/modules/qr/index.js';

import { create } from './dom.js';

/** Pixels of one square. */
const SQUARE = 8;

/** What an authenticator app needs: a QR code to scan, and for the phone that shows this page a link and the secret. */
export function totpSecret({ otpauthUri, secretCode }) {
  return create(
    'div',
    { className: 'secret' },
    qrCode(otpauthUri),
    create(
      'div',
      {},
      create('p', {}, 'Scan the code with your authenticator app, or ', link(otpauthUri), '.'),
      create(
        'p',
        { className: 'hint' },
        'Or type this secret in: ',
        create('code', { id: 'secret' }, spaced(secretCode)),
      ),
    ),
  );
}

function qrCode(text) {
  const rows = encodeQR(text, 'raw', { border: 4 });
  const canvas = create('canvas', { width: rows.length * SQUARE, height: rows.length * SQUARE, className: 'qr' });
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', 'QR code for your authenticator app');
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000';
  rows.forEach((row, y) => {
    row.forEach((isDark, x) => {
      if (isDark) {
        context.fillRect(x * SQUARE, y * SQUARE, SQUARE, SQUARE);
      }
    });
  });
  return canvas;
}

function link(otpauthUri) {
  return create('a', { href: otpauthUri }, 'open it on this device');
}

/** Groups of four are easier to read. */
function spaced(secret) {
  return secret.match(/.{1,4}/g).join(' ');
}
