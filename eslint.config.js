import tseslint from "typescript-eslint";

const everywhere = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: "Read settings in env.ts only; pass the parsed value on.",
  },
  { selector: "ExportDefaultDeclaration", message: "Named exports only." },
  { selector: "ExportAllDeclaration", message: "No barrels: import from the file that defines it." },
];

/** Ways round the tenancy plugin of mongoose, which is a middleware and sees no change streams. */
const roundTenancy = [
  {
    selector: "Property:matches([key.name='middleware'], [key.value='middleware'])[value.value!=true]",
    message: "The tenancy plugin is a middleware: without it a query sees every tenant.",
  },
  {
    selector: "CallExpression > MemberExpression.callee:matches([property.name='watch'], [property.value='watch'])",
    message: "A change stream sees every tenant; only kit's relay may open one.",
  },
];

export default tseslint.config(
  { ignores: ["**/node_modules/**", "**/generated/**", ".data/**", ".cache/**"] },
  ...tseslint.configs.recommended,
  ...tseslint.configs.stylistic,
  {
    languageOptions: { parserOptions: { projectService: true } },
    files: ["**/*.ts"],
    rules: {
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { arguments: false } }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-restricted-syntax": ["error", ...everywhere],
      "max-lines": ["error", { max: 300 }],
      "no-console": "error",
      // `== null` is the idiom for "null or undefined", which GraphQL arguments both are.
      eqeqeq: ["error", "always", { null: "ignore" }],
    },
  },
  {
    files: ["subgraphs/**/*.ts", "packages/kit/**/*.ts"],
    ignores: ["packages/kit/src/relay.ts"],
    rules: { "no-restricted-syntax": ["error", ...everywhere, ...roundTenancy] },
  },
  // The only readers of process.env, and tools whose configuration format wants a default export.
  { files: ["**/env.ts", "**/*.config.ts"], rules: { "no-restricted-syntax": "off" } },
  { files: ["scripts/**", "bench/**"], rules: { "no-console": "off" } },
);
