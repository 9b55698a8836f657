/** Of the partner's page; its hash is in the page's policy. */
export const style = `
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --bad: #cf222e }
body { font: 16px/1.55 system-ui, sans-serif; margin: 0 auto; padding: 1rem 1rem 4rem; max-width: 54rem }
h1 { font-size: 1.6rem; margin: 0 } h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem }
h3 { margin: 0; font-size: 1.05rem } h3 small { font-weight: normal; opacity: .7 } h4 { margin: 1rem 0 .3rem }
nav { display: flex; flex-wrap: wrap; gap: .2rem 1rem }
section { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 1rem 0; scroll-margin-top: 1rem }
pre { background: var(--soft); border-radius: .3rem; padding: .7rem; margin: 0; overflow: auto; max-height: 24rem }
code { font: 14px/1.45 ui-monospace, monospace } .id { margin: 0; overflow-wrap: anywhere; opacity: .8 }
summary { cursor: pointer; margin: 1rem 0 .4rem }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
meter { width: 12rem; vertical-align: middle }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center }
input { font: inherit; flex: 1 1 16rem; padding: .4rem } button { font: inherit; padding: .4rem 1rem }
.problem { border-left: .3rem solid var(--bad); padding: .3rem .8rem; background: var(--soft) }
`;
