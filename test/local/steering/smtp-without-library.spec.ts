import { LocalCognito } from '../../../lib/testing/index.js';

jest.mock('nodemailer', () => {
  throw Object.assign(new Error("Cannot find package 'nodemailer'"), { code: 'ERR_MODULE_NOT_FOUND' });
});

describe('smtp without nodemailer', () => {
  it('fails with the name of the package to install', async () => {
    await expect(LocalCognito.start({ smtp: 'smtp://127.0.0.1:1025' })).rejects.toMatchObject({
      name: 'MandateError',
      code: 'PEER_MISSING',
      message:
        'The embedded Cognito needs the package nodemailer to send e-mails to a mail server. Run "npm install --save-dev nodemailer".',
    });
  });

  it('is not missed without the option', async () => {
    const cognito = await LocalCognito.start();
    await cognito.stop();
  });
});
