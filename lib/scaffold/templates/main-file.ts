/** Routes of one's own need it: classes of mandate/dto check nothing without it. */
export const VALIDATION_PIPE = `app.useGlobalPipes(
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
  }),
);`;

/** The OpenAPI document with the security schemes of the guard, at /docs. */
export const SWAGGER = `const description = new DocumentBuilder().setTitle('API').build();
const document = SwaggerModule.createDocument(app, {
  ...description,
  components: { securitySchemes: authSecuritySchemes(app) },
});
SwaggerModule.setup('docs', app, document);`;
