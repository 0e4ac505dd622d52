#pragma once

#include <quickjs.h>
