export const attacks = [];
