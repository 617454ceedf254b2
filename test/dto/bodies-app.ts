import { Body, Controller, Post, ValidationPipe, type INestApplication, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';

/** A real application with one route per body class, `POST /<class name>`, that returns what its handler received. */
export async function startBodiesApp(
  types: readonly Type<object>[],
  pipe = new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }),
  prepare: (app: INestApplication) => void = () => undefined,
): Promise<INestApplication> {
  const module = await Test.createTestingModule({ controllers: types.map(controllerOf) }).compile();
  const app = module.createNestApplication();
  app.useGlobalPipes(pipe);
  prepare(app);
  await app.init();
  return app;
}

/** The controller that `@Post(...) handle(@Body() body: BodyType)` compiles to. */
function controllerOf(bodyType: Type<object>): Type<object> {
  class BodyController {
    handle(body: object): object {
      return { handled: body.constructor.name, fields: Object.keys(body), body };
    }
  }
  const { prototype } = BodyController;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'handle') ?? {};
  Post(bodyType.name)(prototype, 'handle', descriptor);
  Body()(prototype, 'handle', 0);
  Reflect.defineMetadata('design:paramtypes', [bodyType], prototype, 'handle');
  Controller()(BodyController);
  return BodyController;
}
