// Preact by tagged templates: the source is sent as it is written.
import { h } from 'preact';
import htm from 'htm';

export const html = htm.bind(h);
