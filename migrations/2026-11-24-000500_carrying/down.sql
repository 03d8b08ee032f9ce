DROP TABLE carryings;
DROP TABLE carried_settings;
