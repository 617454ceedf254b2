# syntax=docker/dockerfile:1
# For development only: it accepts any AWS signature.
FROM node:22-slim
WORKDIR /app
RUN npm install --global mandate classic-level json5 yaml
RUN mkdir /data && chown node /data
USER node
ENV MANDATE_LOCAL_HOST=0.0.0.0 MANDATE_LOCAL_DATA=/data
VOLUME /data
EXPOSE 9229
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9229/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["mandate", "local"]
