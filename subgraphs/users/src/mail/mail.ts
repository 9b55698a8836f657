// What a message is, whichever way it goes.

/** A message ready to be sent. Nothing of a person is in the subject, which shows on locked screens and in logs. */
export interface Mail {
  /** One address, checked by `isEmail`; never with a name, which could hold anything. */
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** What to put into a message. */
export interface MailParts {
  to: string;
  subject: string;
  paragraphs: string[];
  /** Shown between the first paragraph and the others. */
  link?: { label: string; url: string };
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? "");

/** Both forms of a message out of the same paragraphs. Everything is escaped, links included. */
export function composeMail({ to, subject, paragraphs, link }: MailParts): Mail {
  const [first = "", ...others] = paragraphs;
  const text = [first, ...(link ? [`${link.label}:\n${link.url}`] : []), ...others].join("\n\n");
  const button = link && `<p><a href="${escaped(link.url)}">${escaped(link.label)}</a></p>`;
  const body = [
    `<p>${escaped(first)}</p>`,
    ...(button ? [button] : []),
    ...others.map((other) => `<p>${escaped(other)}</p>`),
  ];
  return {
    to,
    subject,
    text: `${text}\n`,
    html: `<!doctype html>\n<html lang="en">\n<body>\n${body.join("\n")}\n</body>\n</html>\n`,
  };
}

/**
 * A name that somebody else chose, as one line that is no link: a message of ours must not carry one of theirs. Mail
 * programs make links of bare names such as `www.example.com` too, so dots inside words are followed by a blank.
 */
export const quoted = (name: string): string =>
  `“${name
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .replace(/:\/\//g, " ")
    .replace(/[.\u3002\uff0e\uff61](?=[\p{L}\p{M}\p{N}\p{S}])/gu, "$& ")
    .trim()
    .slice(0, 100)}”`;
