// JavaScript, because the script that starts policy packs puts an old TypeScript in front of every .ts it requires itself;
// what a module of this kind imports, Node loads on its own.
import "./shop.ts";
