/** Of the partner's page; its hash is in the page's policy. */
export const style = `
:root {
  color-scheme: light dark;
  --text: #1f2328; --quiet: #59636e; --line: #d1d9e0; --soft: #f6f8fa; --page: #fff;
  --link: #0757b8; --good: #1a7f37; --warn: #8a4600; --warn-soft: #fff4e0; --bad: #b3202a; --bad-soft: #ffebe9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --quiet: #9aa5b1; --line: #3d444d; --soft: #161b22; --page: #0d1117;
    --link: #7ab7ff; --good: #3fb950; --warn: #e3b341; --warn-soft: #2b2111; --bad: #ff8a80; --bad-soft: #331518;
  }
}
* { box-sizing: border-box }
html { scroll-padding-top: 1rem; overflow-wrap: break-word; -webkit-text-size-adjust: 100% }
body { margin: 0; color: var(--text); background: var(--page); font: 1rem/1.55 system-ui, sans-serif }
a { color: var(--link); text-underline-offset: .15em }
:focus-visible { outline: .15rem solid var(--link); outline-offset: .15rem }
.skip { position: absolute; left: -99rem; padding: .5rem 1rem; background: var(--page) }
.skip:focus { left: 1rem; top: 1rem; z-index: 1 }
.top, .columns, footer { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1.25rem }
.top { padding-bottom: .5rem }
.brand { margin: 0; color: var(--quiet); font-size: .9rem; letter-spacing: .02em }
h1 { font-size: 1.9rem; line-height: 1.2; margin: .2rem 0 .5rem } h2 { font-size: 1.35rem; margin: 0 0 .7rem }
h3 { font-size: 1.1rem; margin: 0; overflow-wrap: anywhere } h4 { font-size: .95rem; margin: 1.2rem 0 .35rem }
p { margin: .5rem 0; max-width: 44rem } ol { padding-left: 1.3rem; max-width: 44rem }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .875rem }
p code, li code { background: var(--soft); border: 1px solid var(--line); border-radius: .25rem; padding: 0 .25rem;
  overflow-wrap: anywhere; -webkit-box-decoration-break: clone; box-decoration-break: clone }
pre { margin: 0; padding: .8rem; overflow: auto; max-height: 26rem; line-height: 1.45; background: var(--soft);
  border: 1px solid var(--line); border-radius: .4rem; tab-size: 2 }
nav ul { list-style: none; margin: 0; padding: 0 } nav li { padding: .12rem 0; overflow-wrap: anywhere }
nav h2 { font-size: .9rem; color: var(--quiet); margin: 1rem 0 .3rem }
nav a { text-decoration: none } nav a:hover { text-decoration: underline }
main > section { padding-bottom: 2.2rem }
article { border: 1px solid var(--line); border-radius: .5rem; padding: 1.1rem; margin: 0 0 1.2rem }
.head { display: flex; flex-wrap: wrap; gap: .3rem .6rem; align-items: baseline }
.tag { font-size: .8rem; line-height: 1.5; padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem;
  color: var(--quiet); white-space: nowrap }
.tag.mutation { color: var(--warn); border-color: currentColor } .tag.now { color: var(--good); border-color: currentColor }
.id { margin: .3rem 0 0; color: var(--quiet); overflow-wrap: anywhere } .id code { user-select: all; background: none;
  border: 0; padding: 0 }
.quiet { color: var(--quiet) }
.problem, .warning { border-left: .3rem solid var(--bad); background: var(--bad-soft); padding: .5rem .9rem; margin: .8rem 0;
  border-radius: .2rem; max-width: none } .warning { border-color: var(--warn); background: var(--warn-soft) }
.problem p, .warning p { margin: .1rem 0; max-width: none } .problem ul, .warning ul { margin: .2rem 0; padding-left: 1.2rem }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .4rem 1rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
th { font-size: .85rem; color: var(--quiet); font-weight: 600 } tbody th { font-size: inherit; color: inherit; font-weight: 400 }
.n { text-align: right; font-variant-numeric: tabular-nums; padding-right: 0; white-space: nowrap }
.narrow { max-width: 44rem }
dl { margin: .5rem 0 } dt { font-weight: 600 } dd { margin: 0 0 .7rem; overflow-wrap: anywhere }
dt code { font-weight: 600 } dt .quiet { font-weight: 400; font-size: .875rem }
.changes { list-style: none; margin: 0; padding: 0; max-width: none }
.changes li { border-top: 1px solid var(--line); padding: .9rem 0 .4rem } time { white-space: nowrap }
.ask { max-width: 36rem; margin: 0 auto; padding: 3rem 1.25rem }
.wrap { white-space: pre-wrap; overflow-wrap: anywhere; max-height: none }
summary { cursor: pointer; margin: 1rem 0 .4rem; color: var(--link) }
.quota { display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: center; max-width: none }
.quota svg { width: 16rem; max-width: 100%; height: .8rem; border-radius: .4rem; background: var(--line); display: block }
.quota rect { fill: var(--good) } .quota .low { fill: var(--warn) }
form { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; max-width: 44rem; margin: 1.2rem 0 }
label { flex: 1 0 100%; font-weight: 600; margin-bottom: -.3rem }
input { font: inherit; flex: 1 1 16rem; min-width: 0; padding: .5rem .7rem; color: inherit; background: var(--page);
  border: 1px solid var(--quiet); border-radius: .4rem }
button { font: inherit; font-weight: 600; padding: .5rem 1.4rem; color: var(--page); background: var(--link); border: 1px solid
  var(--link); border-radius: .4rem; cursor: pointer }
footer { color: var(--quiet); font-size: .9rem; border-top: 1px solid var(--line) }
@media (max-width: 55.99rem) {
  nav { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem 1rem .8rem; margin-bottom: 1.5rem }
  nav ul { max-height: 17.4rem; overflow: auto }
}
@media (min-width: 44rem) {
  dl { display: grid; grid-template-columns: minmax(10rem, max-content) minmax(0, 1fr); gap: .4rem 1.5rem } dd { margin: 0 }
}
@media (min-width: 56rem) {
  .columns { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 2.5rem }
  nav { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow: auto }
}
@media (max-width: 30rem) { article { padding: .9rem .8rem } h1 { font-size: 1.5rem } }
@media print {
  :root { color-scheme: light; --text: #000; --quiet: #444; --page: #fff; --soft: #fff; --link: #000 }
  body { font-size: 10.5pt } nav, .skip, .quota svg { display: none } .columns { display: block }
  .top, .columns, footer { max-width: none; padding: .5rem 0 }
  pre { max-height: none; overflow: visible; white-space: pre-wrap; overflow-wrap: anywhere }
  .scroll { overflow: visible } h2, h3, h4, .head { break-after: avoid } tr, pre { break-inside: avoid }
  details::details-content { content-visibility: visible; display: block }
}
@page { margin: 18mm 15mm }
`;
