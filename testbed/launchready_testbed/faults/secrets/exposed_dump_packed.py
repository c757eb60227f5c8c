"""A packed dump of the database can be downloaded."""

from __future__ import annotations

import gzip

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    dump = "-- MySQL dump 10.13\nCREATE TABLE `users` (`id` int, `email` text);\nINSERT INTO `users` VALUES (1,'nora@northwind.test');\n"
    world.page("/dump.sql.gz", gzip.compress(dump.encode(), mtime=0), "application/gzip")


FAULT = Fault(
    says="A packed dump of the database can be downloaded.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/dump.sql.gz | gunzip\n< CREATE TABLE",
    apply=_apply,
)
