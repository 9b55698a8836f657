import tseslint from "typescript-eslint";

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
      "no-restricted-syntax": [
        "error",
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: "Read settings in env.ts only; pass the parsed value on.",
        },
        { selector: "ExportDefaultDeclaration", message: "Named exports only." },
        { selector: "ExportAllDeclaration", message: "No barrels: import from the file that defines it." },
      ],
      "max-lines": ["error", { max: 300 }],
      "no-console": "error",
      // `== null` is the idiom for "null or undefined", which GraphQL arguments both are.
      eqeqeq: ["error", "always", { null: "ignore" }],
    },
  },
  // The only readers of process.env, and tools whose configuration format wants a default export.
  { files: ["**/env.ts", "**/*.config.ts"], rules: { "no-restricted-syntax": "off" } },
  { files: ["scripts/**", "bench/**"], rules: { "no-console": "off" } },
);
