/** The colours. They follow the system's light or dark scheme; `--accent` is the branding colour. */
export const COLOURS = `
:root{color-scheme:light dark;--accent:#1450a3;--accent-text:#fff;--text:#16191f;--muted:#4b5563;--page:#eef1f5;
--card:#fff;--line:#767f8c;--danger:#a3141f;--danger-back:#fdecee;--note-back:#e8f0fc;--link:#1450a3}
@media (prefers-color-scheme:dark){:root{--accent:#8ab8ff;--accent-text:#0b1a30;--text:#eef1f5;--muted:#b3bcc9;
--page:#0f141b;--card:#1a212b;--line:#8390a1;--danger:#ffb3b8;--danger-back:#3d1519;--note-back:#16263f;--link:#9cc3ff}}
`;

/** The style of every page of managed login. */
export const STYLE = `${COLOURS}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;padding:1rem;display:flex;flex-direction:column;align-items:center;justify-content:center;
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--text);background:var(--page)}
main{width:100%;max-width:26rem;background:var(--card);border-radius:.75rem;padding:1.5rem;
box-shadow:0 1px 3px rgba(0,0,0,.2)}
.brand{font-weight:600;font-size:1.125rem;margin:0 0 .75rem;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem;overflow-wrap:anywhere}
p{margin:0 0 1rem;overflow-wrap:anywhere}
form{margin:0 0 1rem}
form:last-child,p:last-child{margin-bottom:0}
label,legend{display:block;font-weight:600;margin:0 0 .25rem;padding:0}
fieldset{border:0;margin:0 0 1rem;padding:0}
input[type=text],input[type=password],input[type=email],input[type=tel]{width:100%;min-height:3rem;padding:.5rem .75rem;
margin:0 0 1rem;font:inherit;color:var(--text);background:var(--card);border:1px solid var(--line);border-radius:.5rem}
.choice{display:flex;align-items:center;gap:.75rem;min-height:3rem;font-weight:400;margin:0}
.choice input{width:1.25rem;height:1.25rem;flex:none;accent-color:var(--accent)}
button,.button{display:block;width:100%;min-height:3rem;padding:.625rem 1rem;font:inherit;font-weight:600;text-align:center;
text-decoration:none;border-radius:.5rem;cursor:pointer;border:1px solid var(--accent);background:var(--accent);
color:var(--accent-text);overflow-wrap:anywhere}
button.secondary,.button{background:var(--card);color:var(--link);border-color:var(--line)}
button[disabled]{opacity:.6;cursor:default}
.button+.button,button+button{margin-top:.75rem}
a{color:var(--link)}
.links a,.links button{display:inline-block;padding:.75rem 0;min-height:3rem}
.links{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1.5rem;margin:0}
.link{width:auto;min-height:3rem;padding:0;background:none;border:0;color:var(--link);font-weight:400;
text-decoration:underline}
input:focus-visible,button:focus-visible,a:focus-visible,h1:focus-visible{outline:3px solid var(--link);outline-offset:2px}
h1:focus{outline-offset:4px}
.alert,.note{padding:.75rem 1rem;border-radius:.5rem;border-left:.25rem solid currentColor}
.alert{color:var(--danger);background:var(--danger-back)}
.note{background:var(--note-back)}
.or{display:flex;align-items:center;gap:.75rem;color:var(--muted);margin:1rem 0}
.or::before,.or::after{content:"";flex:1;border-top:1px solid var(--line)}
.hint{color:var(--muted);font-size:.9375rem;margin:-.75rem 0 1rem}
code{display:block;font:1.0625rem/1.6 ui-monospace,SFMono-Regular,Menlo,monospace;padding:.75rem;border-radius:.5rem;
background:var(--page);overflow-wrap:anywhere;user-select:all}
@media (min-width:40rem){main{padding:2.5rem}}
`;
