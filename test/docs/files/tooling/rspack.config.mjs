import { IgnorePlugin } from '@rspack/core';

export default {
  mode: 'production',
  target: 'node20',
  entry: { main: './src/main.ts' },
  output: { path: `${import.meta.dirname}/dist`, filename: '[name].cjs', library: { type: 'commonjs2' } },
  resolve: { extensions: ['.ts', '.js'], extensionAlias: { '.js': ['.ts', '.js'] } },
  module: {
    rules: [
      {
        test: /\.ts$/,
        loader: 'builtin:swc-loader',
        options: {
          jsc: {
            target: 'es2023',
            parser: { syntax: 'typescript', decorators: true },
            transform: { legacyDecorator: true, decoratorMetadata: true },
          },
        },
      },
    ],
  },
  plugins: [
    // Nest names packages that it can do without.
    new IgnorePlugin({
      resourceRegExp: /^(@nestjs\/(microservices|websockets|platform-socket\.io)|class-(transformer|validator))/,
    }),
  ],
};
