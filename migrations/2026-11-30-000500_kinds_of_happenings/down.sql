DROP INDEX activities_by_kind;
