"""A dump of the database can be downloaded."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/backup.sql",
        "-- MySQL dump 10.13\nCREATE TABLE `users` (`id` int, `email` text);\nINSERT INTO `users` VALUES (1,'nora@northwind.test');\n",
        "application/octet-stream",
    )


FAULT = Fault(
    says="A dump of the database can be downloaded.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/backup.sql\n< CREATE TABLE",
    apply=_apply,
)
