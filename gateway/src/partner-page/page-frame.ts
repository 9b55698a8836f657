// What all pages for partners have in common. Nothing runs on them and nothing comes from elsewhere.
import { escaped } from "../http/html.ts";
import { style } from "./style.ts";

/** @param body HTML */
export const pageFrame = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escaped(title)} · Tradegraph</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
