export const schemaWord = () => ""
