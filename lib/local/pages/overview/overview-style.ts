import { COLOURS } from '../style.js';

/** The style of the overview page. */
export const OVERVIEW_STYLE = `${COLOURS}
*{box-sizing:border-box}
body{margin:0;font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--text);
background:var(--page)}
header,main{max-width:64rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;line-height:1.25;margin:0}
h2{font-size:1.25rem;line-height:1.25;margin:0 0 1rem}
h3{font-size:1rem;margin:1.5rem 0 .5rem}
h2:focus{outline:none}
p{margin:0 0 1rem;overflow-wrap:anywhere}
.top>div{min-width:0;max-width:100%}
.top{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;justify-content:space-between}
.muted{color:var(--muted)}
.state{margin:0;min-height:1.5rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem;list-style:none;margin:1rem 0 0;padding:0}
nav a{display:flex;align-items:center;min-height:2.75rem;padding:0 .875rem;border-radius:.5rem;color:var(--link);
text-decoration:none;border:1px solid transparent}
nav a[aria-current]{background:var(--card);border-color:var(--line);color:var(--text);font-weight:600}
section{background:var(--card);border-radius:.75rem;padding:1.25rem;box-shadow:0 1px 3px rgba(0,0,0,.2)}
.rows{list-style:none;margin:0;padding:0}
.rows>li{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:flex-start;justify-content:space-between;
padding:.75rem 0;border-top:1px solid var(--line)}
.rows>li:first-child{border-top:0}
.rows>li>div:first-child{flex:1 1 16rem;min-width:0;overflow-wrap:anywhere}
.rows>li:empty{display:none}
.actions{display:flex;flex-wrap:wrap;gap:.5rem}
.tag{display:inline-block;padding:0 .5rem;margin-left:.5rem;border-radius:1rem;border:1px solid var(--line);
font-size:.875rem}
form{display:flex;flex-wrap:wrap;gap:.75rem;align-items:flex-end;margin:0 0 1rem}
label{display:block;font-weight:600;font-size:.9375rem}
input,select{display:block;min-height:2.75rem;padding:.25rem .75rem;font:inherit;color:var(--text);
background:var(--card);border:1px solid var(--line);border-radius:.5rem;max-width:100%}
input[type=number]{width:7rem}
button{min-height:2.75rem;padding:.25rem 1rem;font:inherit;font-weight:600;border-radius:.5rem;cursor:pointer;
border:1px solid var(--line);background:var(--card);color:var(--link)}
button.main{background:var(--accent);border-color:var(--accent);color:var(--accent-text)}
button.danger{color:var(--danger)}
dl{display:grid;grid-template-columns:minmax(6rem,auto) 1fr;gap:.25rem 1rem;margin:0 0 1rem}
dt{color:var(--muted)}
dd{margin:0;min-width:0;overflow-wrap:anywhere}
code{font:.9375rem/1.5 ui-monospace,SFMono-Regular,Menlo,monospace;overflow-wrap:anywhere}
.code{font-size:1.25rem;user-select:all}
summary{min-height:2.75rem;display:list-item;align-content:center;cursor:pointer;color:var(--link)}
pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.25rem 0 0;font:inherit}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
[hidden]{display:none!important}
@media (max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}
`;
